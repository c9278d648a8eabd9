//! How long to wait before the next try.

use super::Fault;

/// Shortest wait after a failure, milliseconds.
const FIRST_MS: u64 = 2_000;
/// Longest wait, milliseconds; also what an unreasonable `Retry-After` shrinks to.
const MOST_MS: u64 = 5 * 60_000;

/// Milliseconds to wait after `failures` failures in a row (1 = the first), the last of them `fault`. Doubles each time
/// up to five minutes, between a half and the whole of that by `random`, so that hundreds of devices do not come back
/// at once; never sooner than the server asked for.
pub fn delay(failures: u32, fault: &Fault, random: u32) -> u64 {
    let whole = FIRST_MS.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(MOST_MS);
    let jittered = whole / 2 + u64::from(random) * (whole / 2) / u64::from(u32::MAX);
    match fault {
        Fault::Busy { retry_after: Some(seconds), .. } => jittered.max((u64::from(*seconds) * 1000).min(MOST_MS)),
        _ => jittered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let at = |failures, random| delay(failures, &Fault::Unreachable, random);
        assert_eq!((at(1, 0), at(1, u32::MAX)), (1_000, 2_000));
        assert_eq!((at(4, 0), at(4, u32::MAX)), (8_000, 16_000));
        assert_eq!((at(40, 0), at(40, u32::MAX)), (150_000, 300_000));
        assert_eq!(at(0, 0), 1_000);
    }

    #[test]
    fn the_server_may_ask_for_more_but_not_for_ever() {
        let busy = |seconds| Fault::Busy { status: 429, retry_after: Some(seconds) };
        assert_eq!(delay(1, &busy(30), 0), 30_000);
        assert_eq!(delay(1, &busy(0), 0), 1_000);
        assert_eq!(delay(1, &busy(u32::MAX), 0), MOST_MS);
    }
}
