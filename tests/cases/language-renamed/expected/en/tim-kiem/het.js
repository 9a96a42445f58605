niemyetSearch("het","",[{"name":"8/2015/TT-BGTVT","page":"van-ban/8-2015-tt-bgtvt.html","since":"2020-01-02"}])
