# Words for every error: `error-<code>` is the sentence, `error-title-<kind>` the heading.

error-title-not-found = Page not found
error-title-forbidden = You may not see this page
error-title-too-many = Too many tries
error-title-ours = Something went wrong on our side
error-title-refused = Not done yet

error-internal = Something went wrong on our side, not yours. Saved answers are kept. Please try again.
error-page-missing = The address may be mistyped, or the page has moved.
error-method-not-allowed = This page does not take what was sent. Please go back and try again.
error-body-too-large = What was sent is too long. Please shorten it and send it again.
error-request-unreadable = Something is missing or extra in what was sent. Please go back, reload the page and try again.
error-form-not-ours = This page was open for too long or did not come from us. Please go back, reload it and press again.
error-role-needed = This page is for another role ({ $role }). Your administrator gives that role.
error-sign-in-needed = Please sign in to see this page.
error-sign-in-wrong = The user name or password is not right
error-sign-in-throttled = Too many wrong tries. Try again in { $minutes } minutes.
error-job-just-ended = This work has just ended. Press again to do it once more.
error-campaign-missing = There is no such survey.
error-campaign-state = The survey is in another state ({ $state }), so this cannot be done. Please reload the page.
error-campaign-invalid = The details of the survey are incomplete or wrong.
error-campaign-dates = It must open before it closes, and close before results are published.
error-campaign-taken = There is already a survey called { $slug }.
error-form-defects = The questionnaire has { $count } defects and cannot be used yet.
