module escala/server-go

go 1.26
