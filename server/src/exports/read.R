# Reads data.csv with the codebook beside it. In the folder of these files: source("read.R", encoding = "UTF-8"); from elsewhere add chdir = TRUE.
# Makes
#   data      the values: numbers and codes as numbers, 97, 98 and 99 (skipped, don't know, never used) as NA; every column has the attribute "label"
#   labelled  the same with every code as a factor of its label, 97, 98 and 99 included
#   design    the survey's design for the package "survey", where the file knows strata and communes: the full file of single answers
# Labels are in Vietnamese; set language <- "en" before for English.
if (!exists("language")) language <- "vi"

book <- read.csv(paste0("codebook-", language, ".csv"), colClasses = "character", na.strings = character(), fileEncoding = "UTF-8-BOM")
columns <- book[!duplicated(book$column), ]
types <- c(choice = "integer", choices = "character", number = "numeric", date = "Date", text = "character")
data <- read.csv("data.csv", check.names = FALSE, na.strings = "", encoding = "UTF-8",
  colClasses = setNames(types[columns$kind], columns$column))
labelled <- data

for (name in columns$column) {
  codes <- book[book$column == name & book$code != "", ]
  if (nrow(codes) > 0) {
    labels <- make.unique(codes$code_label)
    labelled[[name]] <- factor(data[[name]], levels = as.integer(codes$code), labels = labels)
    data[[name]][data[[name]] %in% as.integer(codes$code[codes$missing == "yes"])] <- NA
  }
  attr(data[[name]], "label") <- attr(labelled[[name]], "label") <- columns$label[columns$column == name]
}

# Communes were drawn within strata. The safe file knows neither, so no error can be computed from it.
if (all(c("_psu", "_stratum", "_weight") %in% names(data)) && requireNamespace("survey", quietly = TRUE)) {
  options(survey.lonely.psu = "adjust")
  design <- survey::svydesign(ids = ~`_psu`, strata = ~`_stratum`, weights = ~`_weight`, data = data, nest = TRUE)
}
