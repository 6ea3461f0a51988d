# Words every page shares: frame, states, units of time.

service = Citizen satisfaction survey
skip-link = Skip to main content
languages = Language
footer-links = Help and privacy
footer-help = Help
footer-privacy = Privacy
footer-genuine = Is this letter genuine?
footer-hotline = Call { $hotline } (free, 7:30–21:00)
synthetic = Simulated data, not from real people.

btn-next = Continue
btn-back = Back
btn-retry = Try again
btn-cancel = Cancel
required-none = You may skip any question.
optional = (optional)
or = or

err-title = Error: { $title }
err-prefix = Error:
err-summary = Please check
err-form-stale = This page was open for a long time. Please press the button once more.

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
time-zone = (Viet Nam time)
as-of = Figures at { $moment }

# S-EMPTY, S-WAIT
state-empty = There is nothing here yet.
wait-title = Working
wait-counts = { $done } of { $total }
wait-left = Time left: { $duration }.
wait-started = Started at { $moment }.
wait-leave = You may leave this page. It updates itself every 5 seconds.
wait-queued = Waiting for its turn.
wait-bar = { $percent } done

# S-500, S-403, 404, 405, 413, S-CONFLICT, S-LOCKED
state-500-title = Something went wrong on our side
state-500 = Something went wrong on our side, not yours. Saved answers are kept. Please try again.
state-500-number = Error: { $number }
state-500-hotline = If it still fails, please call { $hotline }.
state-503-title = The service is busy
state-503 = Many people are here at once. Saved answers are kept. Please try again in a few minutes.
state-403-title = You may not see this page
state-403 = This page is for the role { $role }. Your office's administrator gives this role.
state-403-who = Signed in as { $name }.
state-404-title = Page not found
state-404 = The address may be mistyped, or the page has moved.
state-404-home = Go to the first page
state-413-title = What you sent is too large
state-413 = The answers sent are too long. Please shorten them and send again.
state-400-title = What you sent could not be read
state-400 = The page sent has missing or extra information. Please go back, reload the page and try again.
state-conflict-title = Someone else saved first
state-conflict = { $name } saved at { $moment }. Please compare both and choose one.
state-locked-title = These figures are locked
state-locked = { $name } locked them at { $moment }.

pagination = Pages
pagination-previous = Previous page
pagination-next = Next page
pagination-page = Page { $n }
pagination-range = Rows { $from }–{ $to } of { $total }
