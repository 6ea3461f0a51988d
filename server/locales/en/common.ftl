# Words every page shares: frame, states, units of time.

service = Citizen satisfaction survey
skip-link = Skip to main content
languages = Language
footer-links = Help and privacy
footer-help = Help
footer-privacy = Privacy
footer-genuine = Is this letter genuine?
footer-access = Accessibility
footer-hotline = Call { $hotline }
synthetic = Simulated data, not from real people.

btn-next = Continue
btn-back = Back
btn-retry = Try again
btn-cancel = Cancel
optional = (optional)

err-title = Error: { $title }
err-prefix = Error:
err-summary = Please check

moment = { $time } on { $date }
duration-short = less than 1 minute
duration-minutes =
    { $n ->
        [one] about { $n } minute
       *[other] about { $n } minutes
    }
duration-hours =
    { $n ->
        [one] about { $n } hour
       *[other] about { $n } hours
    }
time-zone = All times are Viet Nam time
as-of = Figures at { $moment }

# S-EMPTY, S-WAIT
state-empty = There is nothing here yet.
wait-title = Working
wait-counts = { $done } of { $total }
wait-left = Time left: { $duration }.
wait-leave = You may leave this page. It updates itself every 5 seconds.
wait-queued = Waiting for its turn.

# Error pages; the sentences are in errors.ftl
state-500-number = Error: { $number }
state-404-home = Go to the first page

pagination = Pages
pagination-previous = Previous page
pagination-next = Next page
pagination-page = Page { $n }

islands-hoang-sa = Hoàng Sa archipelago
islands-hoang-sa-of = (Đà Nẵng City)
islands-truong-sa = Trường Sa archipelago
islands-truong-sa-of = (Khánh Hòa Province)
tiles-legend = Each colour holds about a quarter of the provinces; darker is higher.
