# Makes responses.csv and expected.csv of this folder: a survey whose weights are raked to the
# population, and what R's package survey says of it. Run here: Rscript raking.R
suppressMessages(library(survey))

set.seed(20251128)
n <- 480
city <- sample(c("North", "South", "East"), n, TRUE, c(.6, .3, .1))
phase <- ifelse(runif(n) < ifelse(city == "North", .7, .4), "new", "old")
tenure <- sample(c("owner", "tenant"), n, TRUE)
base <- round(runif(n, .5, 2), 2)
level <- 6.5 + 1.2 * (city == "South") - 1.5 * (phase == "old") + .8 * (city == "East")
draw <- function(mean) pmin(10, pmax(1, round(rnorm(n, mean, 1.6))))
answers <- data.frame(
  id = sprintf("r%03d", 1:n), wave = 2025, city, phase, tenure, w = sprintf("%.2f", base),
  overall = draw(level), visit = draw(level + .5), repair = draw(level - .7),
  recommend = pmin(10, pmax(0, round(rnorm(n, level + .4, 2.2)))))
answers$repair[runif(n) < .35] <- NA
write.csv(answers, "responses.csv", row.names = FALSE, quote = FALSE, na = "")

answers$w <- base
answers$one <- 1
answers$customers <- 1500
cities <- data.frame(city = c("North", "South", "East"), Freq = c(600, 550, 350))
phases <- data.frame(phase = c("new", "old"), Freq = c(500, 1000))
raked <- function(...) {
  rake(svydesign(ids = ~1, data = answers, ...), list(~city, ~phase), list(cities, phases),
       control = list(maxit = 500, epsilon = 1e-12))
}
results <- NULL
say <- function(design, what, value) {
  results <<- rbind(results, data.frame(
    design = design, what = what, value = sprintf("%.15g", value)))
}
designs <- list(
  plain = raked(weights = ~one),
  weighted = raked(weights = ~w),
  finite = raked(weights = ~one, fpc = ~customers))
for (name in names(designs)) {
  design <- designs[[name]]
  weight <- weights(design) / mean(weights(design))
  factors <- tapply(weight / (if (name == "weighted") answers$w / mean(answers$w) else 1),
                    paste(answers$city, answers$phase), mean)
  for (cell in names(factors)) say(name, paste("factor", cell), factors[[cell]])
  mean_of <- function(what, formula, design) { # an answer that is missing is outside of the domain
    it <- svymean(formula, design, na.rm = TRUE)
    say(name, paste(what, "mean"), coef(it)[[1]])
    say(name, paste(what, "se"), SE(it)[[1]])
  }
  mean_of("overall", ~overall, design)
  mean_of("visit", ~visit, design)
  mean_of("repair", ~repair, design)
  mean_of("satisfied", ~I(as.numeric(overall >= 8)), design)
  mean_of("nps", ~I(100 * ((recommend >= 9) - (recommend <= 6))), design)
  for (value in c("North", "South", "East"))
    mean_of(value, ~overall, subset(design, city == value))
  for (value in c("owner", "tenant"))
    mean_of(value, ~overall, subset(design, tenure == value))
}
write.csv(results, "expected.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "survey", as.character(packageVersion("survey")), "\n")
