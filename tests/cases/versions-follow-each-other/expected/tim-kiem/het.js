niemyetSearch("het","",[])
