# Load the tables that lie beside this script with R, which needs no further package:
#
#     source("load.R")
#     tables <- load_tables(".")
#     tables$aggregates
#
# Each column has the kind that columns.csv names: text is "character", numbers are "numeric". An empty cell becomes NA, because the
# figure is not defined, does not apply, or is protected.

read_table <- function(path, classes) {
  read.csv(path, colClasses = classes, na.strings = "", encoding = "UTF-8", check.names = FALSE)
}

load_tables <- function(folder = ".") {
  book <- read_table(file.path(folder, "columns.csv"), "character")
  files <- unique(book$file)
  tables <- lapply(files, function(file) {
    kinds <- book$kind[book$file == file]
    read_table(file.path(folder, file), ifelse(kinds == "number", "numeric", "character"))
  })
  names(tables) <- sub("[.]csv$", "", files)
  tables
}

if (sys.nframe() == 0L) {
  tables <- load_tables(".")
  for (name in names(tables)) {
    cat(sprintf("%s: %d rows, %d columns\n", name, nrow(tables[[name]]), ncol(tables[[name]])))
  }
}
