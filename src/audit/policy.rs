//! The table `[policy]` of `recension.toml`: which tier fits which claim.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::change::{Class, Options, Tier};

/// The highest tier that fits each claim, and tiers of classes where they are not the usual ones.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// Of a claim of technical reasons.
    pub technical: Tier,
    /// Of a corrigendum.
    pub corrigendum: Tier,
    /// Of a revision.
    pub revision: Tier,
    /// Of a change that nothing announces, a reissue without a reason included.
    pub unclaimed: Tier,
    /// The least tier that no change may have, whatever is claimed; absent where the claims alone decide.
    pub fail_on: Option<Tier>,
    /// Tiers of classes.
    pub classes: BTreeMap<Class, Tier>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            technical: Tier::Editorial,
            corrigendum: Tier::Substantive,
            revision: Tier::Substantive,
            unclaimed: Tier::Editorial,
            fail_on: None,
            classes: BTreeMap::new(),
        }
    }
}

/// Why a policy can't be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{path}, line {line}: {message}")]
#[non_exhaustive]
pub struct PolicyError {
    /// The file.
    pub path: String,
    /// Line of the fault, from 1.
    pub line: usize,
    /// What is wrong; it names the key.
    pub message: String,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    policy: Table,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    technical: Option<Spanned<String>>,
    corrigendum: Option<Spanned<String>>,
    revision: Option<Spanned<String>>,
    unclaimed: Option<Spanned<String>>,
    fail_on: Option<Spanned<String>>,
    #[serde(default)]
    classes: BTreeMap<Spanned<String>, Spanned<String>>,
}

impl Policy {
    /// Reads the table `[policy]` of a settings file; what it does not say is as in [`Policy::default`].
    ///
    /// ```
    /// use recension::{audit::Policy, change::Tier};
    ///
    /// let policy = Policy::parse("[policy]\ncorrigendum = 'editorial'\n", "recension.toml")?;
    /// assert_eq!(policy.corrigendum, Tier::Editorial);
    /// let error = Policy::parse("[policy]\ncorigendum = 'editorial'\n", "recension.toml").expect_err("misspelt");
    /// assert_eq!(error.line, 2);
    /// # Ok::<(), recension::audit::PolicyError>(())
    /// ```
    ///
    /// # Errors
    /// [`PolicyError`] where it has an unknown key, class or tier.
    pub fn parse(text: &str, path: &str) -> Result<Self, PolicyError> {
        let fault = |at: usize, message: String| PolicyError { path: path.to_owned(), line: line(text, at), message };
        let table = toml::from_str::<File>(text)
            .map_err(|error| fault(error.span().map_or(0, |span| span.start), error.message().replace('\n', " ")))?
            .policy;
        let tier = |key: &str, name: &Spanned<String>| {
            let names = || Tier::ALL.map(Tier::name).join(", ");
            Tier::parse(name.get_ref()).ok_or_else(|| {
                fault(name.span().start, format!("{key} = {:?} is no tier; tiers are {}", name.get_ref(), names()))
            })
        };
        let mut policy = Self::default();
        for (key, named, limit) in [
            ("technical", &table.technical, &mut policy.technical),
            ("corrigendum", &table.corrigendum, &mut policy.corrigendum),
            ("revision", &table.revision, &mut policy.revision),
            ("unclaimed", &table.unclaimed, &mut policy.unclaimed),
        ] {
            if let Some(name) = named {
                *limit = tier(key, name)?;
            }
        }
        if let Some(name) = &table.fail_on {
            policy.fail_on = Some(tier("fail_on", name)?);
        }
        for (key, name) in &table.classes {
            let class = Class::parse(key.get_ref()).ok_or_else(|| {
                let names = Class::ALL.map(Class::name).join(", ");
                fault(key.span().start, format!("{:?} is no class of changes; classes are {names}", key.get_ref()))
            })?;
            policy.classes.insert(class, tier(key.get_ref(), name)?);
        }
        Ok(policy)
    }

    /// The lowest of the tiers that fit a claim: what a claim is held to that nobody knows.
    #[must_use]
    pub fn strictest(&self) -> Tier {
        self.technical.min(self.corrigendum).min(self.revision).min(self.unclaimed)
    }

    /// How to compare under this policy.
    #[must_use]
    pub fn options(&self) -> Options {
        Options { tiers: self.classes.clone(), ..Options::default() }
    }
}

fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tiers_and_classes() {
        let policy = Policy::parse(
            "format = 1\n[policy]\ntechnical = \"review\"\n[policy.classes]\n\"clause.move\" = \"editorial\"\n",
            "p",
        )
        .expect("a policy");
        assert_eq!((policy.technical, policy.unclaimed), (Tier::Review, Tier::Editorial));
        assert_eq!(policy.classes.get(&Class::Move), Some(&Tier::Editorial));
    }

    #[test]
    fn faults_name_key_and_line() {
        for (text, line, part) in [
            ("[policy]\ntechnicall = \"review\"\n", 2, "technicall"),
            ("[policy]\ntechnical = \"grave\"\n", 2, "technical = \"grave\" is no tier"),
            ("[policy.classes]\nnumber = \"review\"\nnumbre = \"review\"\n", 3, "\"numbre\" is no class"),
            ("[policy]\ntechnical = 3\n", 2, "invalid type"),
        ] {
            let error = Policy::parse(text, "p").expect_err(text);
            assert!(error.line == line && error.message.contains(part), "{error}");
        }
    }
}
