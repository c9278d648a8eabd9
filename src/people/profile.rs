//! Unusual profiles: a hint with its reasons.
//!
//! At the cut used here the rule is wrong three times in ten on real followers, so it is a hint to look, never a verdict:
//! it says what is unusual and nothing more, and no queue, label or score may read it.

use serde::{Deserialize, Serialize};

use super::figure::short_count;
use crate::message::{Lang, Msg};

/// Points from which a profile is unusual.
const CUT: u32 = 4;

/// What a profile shows; `None` = not shown, which counts for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Handle.
    pub handle: Option<String>,
    /// Followers.
    pub followers: Option<u64>,
    /// Accounts followed.
    pub following: Option<u64>,
    /// Posts written.
    pub posts: Option<u64>,
    /// Has a picture of its own.
    pub picture: Option<bool>,
}

/// What is unusual about a profile, with the points each reason weighs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unusual {
    /// Sum of the points.
    pub points: u32,
    /// One sentence per reason; empty when the points stay under the cut.
    pub reasons: Vec<Msg>,
}

/// Looks for what is unusual. Figures in the reasons are written for `lang`.
pub fn unusual(profile: &Profile, lang: Lang) -> Unusual {
    let mut found: Vec<(u32, Msg)> = Vec::new();
    let count = |n: u64| short_count(n, lang);
    let ratio = |many: u64, few: u64| (many as f64 + 1.0) / (few as f64 + 1.0);
    if let (Some(following), Some(followers)) = (profile.following, profile.followers) {
        let points = match ratio(following, followers) {
            r if r >= 10.0 => 2,
            r if r >= 4.0 => 1,
            _ => 0,
        };
        let reason = Msg::new("people_unusual_follows");
        found.push((points, reason.with("following", count(following)).with("followers", count(followers))));
    }
    if let Some(posts) = profile.posts {
        found.push((u32::from(posts <= 2), Msg::new("people_unusual_posts").with("posts", posts)));
        if let Some(following) = profile.following {
            let reason = Msg::new("people_unusual_follows_per_post");
            let points = u32::from(ratio(following, posts) >= 100.0);
            found.push((points, reason.with("following", count(following)).with("posts", count(posts))));
        }
    }
    found.push((u32::from(profile.picture == Some(false)), Msg::new("people_unusual_picture")));
    let digits = profile.handle.iter().flat_map(|handle| handle.chars()).filter(char::is_ascii_digit).count();
    found.push((u32::from(digits >= 3), Msg::new("people_unusual_digits").with("digits", digits)));

    let points = found.iter().map(|(points, _)| points).sum();
    let reasons = found.into_iter().filter(|(points, _)| *points > 0).map(|(_, reason)| reason);
    Unusual { points, reasons: if points >= CUT { reasons.collect() } else { Vec::new() } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(profile: Profile, points: u32, reasons: usize) {
        let found = unusual(&profile, Lang::En);
        assert_eq!((found.points, found.reasons.len()), (points, reasons), "{profile:?}");
    }

    fn profile(followers: u64, following: u64, posts: u64) -> Profile {
        Profile { followers: Some(followers), following: Some(following), posts: Some(posts), ..Profile::default() }
    }

    #[test]
    fn points_add_up_and_only_the_cut_speaks() {
        check(profile(500, 400, 300), 0, 0);
        check(profile(10, 60, 40), 1, 0);
        check(profile(10, 2_000, 40), 2, 0);
        check(profile(10, 2_000, 1), 4, 3);
        check(Profile { picture: Some(false), handle: Some("ana2931".to_owned()), ..profile(10, 2_000, 1) }, 6, 5);
    }

    #[test]
    fn what_is_not_shown_counts_for_nothing() {
        check(Profile::default(), 0, 0);
        check(Profile { following: Some(9_000), ..Profile::default() }, 0, 0);
        check(Profile { picture: Some(true), ..Profile::default() }, 0, 0);
    }
}
