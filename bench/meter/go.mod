module postern.dev/bench/meter

go 1.24
