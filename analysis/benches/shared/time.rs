//! Seconds of a processor: on a machine with other work, what the clock says is somebody else's time.

use std::hint::black_box;

/// Of this thread so far; on Linux.
pub(crate) fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}

/// Of one run, the mean of as many as fill half a second: the kernel counts in steps of some milliseconds.
pub(crate) fn seconds<T>(mut run: impl FnMut() -> T) -> f64 {
    let start = processor_seconds();
    for runs in 1.. {
        black_box(run());
        let passed = processor_seconds() - start;
        if passed > 0.5 {
            return passed / f64::from(runs);
        }
    }
    f64::NAN
}
