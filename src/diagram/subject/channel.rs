//! Channels that have an icon.

/// A channel with an icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// A call.
    Phone,
    /// A mobile application.
    App,
    /// A conversation.
    Person,
    /// A place of the organisation.
    Site,
    /// The customer's home.
    Home,
    /// A counter, a desk, papers.
    Counter,
    /// A website.
    Web,
    /// A letter or an e-mail.
    Mail,
    /// A chat or a messenger.
    Chat,
}

impl Channel {
    /// Words that name a channel, in lower case; a part of the map's word is enough.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("e-mail", Self::Mail),
        ("email", Self::Mail),
        ("mail", Self::Mail),
        ("letter", Self::Mail),
        ("邮件", Self::Mail),
        ("郵件", Self::Mail),
        ("phone", Self::Phone),
        ("call", Self::Phone),
        ("hotline", Self::Phone),
        ("电话", Self::Phone),
        ("電話", Self::Phone),
        ("热线", Self::Phone),
        ("chat", Self::Chat),
        ("wechat", Self::Chat),
        ("微信", Self::Chat),
        ("app", Self::App),
        ("mobile", Self::App),
        ("小程序", Self::App),
        ("web", Self::Web),
        ("online", Self::Web),
        ("网", Self::Web),
        ("線上", Self::Web),
        ("线上", Self::Web),
        ("網", Self::Web),
        ("in-home", Self::Home),
        ("home", Self::Home),
        ("户内", Self::Home),
        ("入户", Self::Home),
        ("家", Self::Home),
        ("戶內", Self::Home),
        ("counter", Self::Counter),
        ("desk", Self::Counter),
        ("window", Self::Counter),
        ("窗口", Self::Counter),
        ("柜台", Self::Counter),
        ("櫃檯", Self::Counter),
        ("face", Self::Person),
        ("person", Self::Person),
        ("meeting", Self::Person),
        ("面对面", Self::Person),
        ("面對面", Self::Person),
        ("当面", Self::Person),
        ("on-site", Self::Site),
        ("site", Self::Site),
        ("branch", Self::Site),
        ("store", Self::Site),
        ("现场", Self::Site),
        ("現場", Self::Site),
        ("门店", Self::Site),
    ];

    /// The channel that a free word of the map means; `None` when it has no icon.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let exact = Self::WORDS.iter().find(|(name, _)| *name == word);
        exact
            .or_else(|| Self::WORDS.iter().find(|(name, _)| word.contains(name)))
            .map(|(_, channel)| *channel)
    }

    /// Its name in style sheets and message keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::App => "app",
            Self::Person => "person",
            Self::Site => "site",
            Self::Home => "home",
            Self::Counter => "counter",
            Self::Web => "web",
            Self::Mail => "mail",
            Self::Chat => "chat",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Channel;

    #[test]
    fn free_words_find_their_icon() {
        assert_eq!(Channel::named("on-site"), Some(Channel::Site));
        assert_eq!(Channel::named("Face-to-face"), Some(Channel::Person));
        assert_eq!(Channel::named("客服电话"), Some(Channel::Phone));
        assert_eq!(Channel::named("carrier pigeon"), None);
    }
}
