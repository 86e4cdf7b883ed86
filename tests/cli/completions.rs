//! `recension completions`.

use crate::env::Env;

#[test]
fn every_shell_gets_a_script() {
    let env = Env::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let out = env.run(&["completions", shell]).with_code(0);
        assert!(out.contains("recension") && out.contains("audit"), "{shell}");
    }
    env.run(&["completions", "cobol"]).error();
}
