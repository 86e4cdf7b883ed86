//! `recension man`.

use crate::env::Env;

#[test]
fn prints_a_page_or_writes_all() {
    let env = Env::new();
    assert!(env.run(&["man"]).with_code(0).contains(".TH recension"));
    env.run(&["man", "--dir", "pages"]).with_code(0);
    for page in ["recension.1", "recension-diff.1", "recension-audit.1", "recension-show.1"] {
        assert!(env.path("pages").join(page).is_file(), "{page}");
    }
}
