# Texts of the pages of results and of files to download.

results-title = Results
results-none = There is no survey yet. A coordinator makes one; its results will show here.
results-list-caption = Surveys
results-column-campaign = Survey
results-column-responses = Responses
results-column-computed = Computed
results-computed-never = Not yet
results-not-computed = The results of this survey have not been computed yet.
results-no-answers = At the last run no response was stored yet. Responses are stored commune by commune, once a night; after that, compute again.
results-compute-btn = Compute the results
results-compute-again-btn = Compute again with new responses
results-provisional = Provisional
results-provisional-why = The survey is not closed, so more responses will come and the figures may change.
results-synthetic = Simulated data
results-responses = { $n ->
    [one] { $n } response
   *[other] { $n } responses
}
results-origin = How these figures were computed
results-method = { $method ->
    [distribution] For each question, the share is of the people who chose an answer among all who answered it. Each response carries the weight of the sampling design. Figures are rounded once, at the end.
   *[other] Method { $method }: the index of a factor, of a domain and overall is the mean of its questions, each counting the same. Each response carries the weight of the sampling design. Figures are rounded once, at the end.
}
results-precision = The 95% confidence interval follows the sampling design, with communes as first-stage units. Deff says how many times larger the variance is than that of a simple random sample of the same size; it is given for single questions only. n is the number of people who answered.
results-digest = SHA-256 of all the responses used:
results-legend = Marks:
results-flag-c = not shown, because fewer than 10 people answered, or fewer than 3 communes, or everybody in a small group answered the same
results-flag-u = low reliability: fewer than 30 people answered, too few communes, or an interval 30 points wide or more
results-flag-a = everybody answered the same, or nobody chose this answer; the interval rests on an assumption of the sampling design
results-flag-m = nobody answered one of the questions, so the combined index has no value
results-choose-indicator = Indicator
results-choose-rule = How answers are scored
results-choose-order = Order
results-show-btn = Show
results-order-ten = By name
results-order-diem = By score, highest first
results-rule-M = Mean score (M)
results-rule-T = Share satisfied (T)
results-rule-M-meaning = Mean score: each answer from 1 to 5 is divided by 5, then averaged. If everybody is very satisfied, it is 100.
results-rule-T-meaning = Share satisfied: how many out of 100 people who answered chose 4 or 5.
results-questions-link = See how each question was answered
results-choose-question = Question
results-column-answer = Answer
results-column-share = Share (%)
results-question-n = { $place }: { $n } people answered this question.
results-question-several = Each person may choose several answers, so the shares can add up to more than 100.
results-overlap = The confidence intervals of { $close } out of { $places } provinces overlap that of their neighbour by score. The order among them is within the error and cannot be told; therefore this page shows no ranks.
results-plot-description = One row per place: the dot is the score, the horizontal line its 95% confidence interval, the vertical line the score of the whole country. { $places } provinces have figures. The table right below has the same numbers.
results-table-caption = Score by province (out of 100)
results-country = Whole country
results-column-place = Place
results-column-score = Score
results-column-interval = 95% confidence interval
results-column-flags = Marks
results-column-indicator = Indicator
results-column-bar = Chart
results-bar-meaning = The bar is the score from 0 to 100, the horizontal line its 95% confidence interval, the vertical line the whole country.
results-place-title = { $place } · { $campaign }

exports-title = Files made
exports-download = Download
exports-what = The file has every indicator by both ways of scoring and the share of every answer, for the country and the provinces, with confidence intervals.
exports-btn = Make { $format } file
exports-none = There is no file yet. Open the results of a survey and choose to make one.
exports-kept = Each file is kept for 30 days. Every download is written into the log.
exports-caption = Files kept
exports-column-file = File
exports-column-created = Made
exports-column-expires = Kept until
exports-column-size = Bytes

exports-sheet-overall = Overall
exports-sheet-all = All indicators
exports-sheet-about = About
exports-about-campaign = Survey
exports-about-method = Method
exports-about-digest = SHA-256 of the responses
exports-about-responses = Responses
exports-about-computed = Computed
exports-about-state = State
exports-about-final = Final
exports-about-data = Data
exports-about-real = Answered by citizens

job-step-results-read = Reading the responses
job-step-results-compute = Computing the indicators
job-step-export-rows = Writing the file
job-outcome-results = See the results
job-outcome-export = Download the file

error-results-one-commune = The whole survey has only one commune, so no error can be computed. At least two are needed.
error-results-indicator-missing = The questionnaire of this survey has no such indicator.
error-results-question-missing = The questionnaire has no such question, or the question has no choices.
error-results-rule-missing = There is no such way of scoring. There are two: M and T.
error-results-place-missing = There is no such province.
error-results-place-forbidden = This account may see only the figures of its own place. The administrator of your office grants other places.
error-exports-format-missing = There is no such kind of file. There are two: xlsx and csv.
error-exports-nothing = There are no results to export yet. Please compute them first.
error-exports-gone = There is no such file, or it was deleted after 30 days. Please open the results and make a new one.
error-disk-full = The server's disk is full, so this was not done, and nothing was left half-written. The system tries again a few times; if it stays so, please ask the administrator to free space and then request it again.
error-results-answers-moved = Responses were stored while the results were being computed. The system computes again by itself.
