"""How is each kind of file turned into staged cells, exactly as written?"""
