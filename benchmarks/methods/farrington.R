# The flexible form for the last week of each series, judged by the five years before.
# Compiling is off the clock of the warm act: a few series go before.
rows <- commandArgs(trailingOnly = TRUE)[1]
table <- scan(rows, quiet = TRUE)
n_series <- length(readLines(rows))
table <- t(matrix(table, nrow = n_series, byrow = TRUE))

began <- proc.time()
suppressMessages(library(surveillance))
judge <- function(counts) {
  series <- sts(observed = counts, frequency = 52, start = c(2019, 1))
  control <- list(
    range = nrow(counts), noPeriods = 10, b = 5, w = 3, weightsThreshold = 2.58,
    pastWeeksNotIncluded = 26, pThresholdTrend = 1, thresholdMethod = "nbPlugin",
    alpha = 0.01, glmWarnings = FALSE
  )
  suppressWarnings(farringtonFlexible(series, control))
}
invisible(judge(table[, 1:20]))
loaded <- proc.time()
found <- judge(table)
ended <- proc.time()

spent <- function(from, to) {
  gap <- (to - from)[1:5]
  c(cpu = sum(gap[c(1, 2, 4, 5)]), wall = gap[[3]])
}
warm <- spent(loaded, ended)
fresh <- spent(began, ended)
answers <- as.vector(upperbound(found))
answers <- ifelse(is.na(answers), "null", format(answers, digits = 15, trim = TRUE))
cat(sprintf(
  '{"cpu_s": %f, "wall_s": %f, "fresh_cpu_s": %f, "fresh_wall_s": %f, "answers": [%s]}\n',
  warm["cpu"], warm["wall"], fresh["cpu"], fresh["wall"], paste(answers, collapse = ", ")
))
