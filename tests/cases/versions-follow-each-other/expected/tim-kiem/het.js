niemyetSearch("het",[])
