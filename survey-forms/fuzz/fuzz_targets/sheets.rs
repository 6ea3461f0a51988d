#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| survey_forms::fuzzing::sheets(bytes));
