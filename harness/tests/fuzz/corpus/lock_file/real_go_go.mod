module twofold/backends/go

go 1.25
