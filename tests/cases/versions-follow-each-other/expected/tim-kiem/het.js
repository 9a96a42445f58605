niemyetSearch("het","",[{"from":"2027-01-01","name":"1.000001","page":"thu-tuc/ban-nay.html","since":"2027-01-01"}])
