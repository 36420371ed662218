module example.invalid/server

go 1.25

require (
	example.invalid/a v1.0.0
)
