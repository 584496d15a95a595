//! Conversations: one thing across the channels, whatever was heard first, and a word that stops what it comes by.

use rihla_core::conversation::{Conversation, Message};
use rihla_core::event::{
    ConsentState, ConversationChanged, ConversationState, Fact, MessagePassed, Person, Purpose, Speaker,
};
use rihla_core::instant::Wait;
use rihla_core::matter::Matter;
use rihla_core::source::Channel;

use crate::facts::{AMAL, agrees, person, placed};
use crate::shop::Shop;

const NUMBER: &str = "+971501234567";

fn by_phone() -> Person {
    Person { phone: Some(NUMBER.parse().unwrap()), ..Person::default() }
}

fn said(message: &str, speaker: Speaker, channel: Channel, text: &str) -> Fact {
    Fact::MessagePassed(MessagePassed {
        conversation: NUMBER.to_owned(),
        message: message.to_owned(),
        customer: by_phone(),
        dated_by_arrival: false,
        speaker,
        channel: Some(channel),
        text: Some(text.to_owned()),
    })
}

fn stands(state: ConversationState) -> Fact {
    Fact::ConversationChanged(ConversationChanged {
        conversation: NUMBER.to_owned(),
        customer: by_phone(),
        state,
        channel: None,
        subject: Some("A cup".to_owned()),
    })
}

impl Shop {
    fn conversations(&self) -> Vec<Conversation> {
        let items = self.items().into_iter();
        items.filter(|item| item.sk.starts_with("T#")).map(|item| item.read()).collect()
    }

    fn messages(&self) -> Vec<Message> {
        let items = self.items().into_iter();
        items.filter(|item| item.sk.starts_with("M#")).map(|item| item.read()).collect()
    }
}

#[tokio::test]
async fn a_conversation_holds_what_was_said_and_how_it_stands() {
    let shop = Shop::open().await;
    shop.tell(&[said("1", Speaker::Customer, Channel::Whatsapp, "Is the cup in the Deira shop?")]).await;
    assert!(shop.conversations()[0].is_open());
    shop.hours(1).await;
    shop.tell(&[said("2", Speaker::Staff, Channel::Whatsapp, "Two of them are.")]).await;
    shop.tell(&[stands(ConversationState::Resolved)]).await;
    let [conversation] = &shop.conversations()[..] else { panic!("one conversation") };
    assert!(!conversation.is_open());
    assert_eq!(conversation.subject.as_ref().unwrap().value, "A cup");
    let said: Vec<_> =
        shop.messages().into_iter().map(|message| (message.speaker, message.text.unwrap())).collect();
    assert_eq!(
        said,
        [
            (Speaker::Customer, "Is the cup in the Deira shop?".to_owned()),
            (Speaker::Staff, "Two of them are.".to_owned())
        ]
    );
    shop.hours(1).await;
    shop.tell(&[said_late("3")]).await;
    assert!(shop.conversations()[0].is_open(), "who writes after it was solved opens it again");
}

fn said_late(message: &str) -> Fact {
    said(message, Speaker::Customer, Channel::Whatsapp, "And the white one?")
}

#[tokio::test]
async fn no_key_holds_the_number_that_a_conversation_goes_by() {
    let shop = Shop::open().await;
    shop.tell(&[said("1", Speaker::Customer, Channel::Sms, "Hello")]).await;
    for item in shop.items() {
        assert!(
            !item.pk.contains(&NUMBER[1..]) && !item.sk.contains(&NUMBER[1..]),
            "{} {}",
            item.pk,
            item.sk
        );
    }
}

#[tokio::test]
async fn what_was_told_before_writes_nothing_and_what_comes_late_changes_nothing() {
    let facts = [
        (Wait::hours(3), said("1", Speaker::Customer, Channel::Whatsapp, "Where is it?")),
        (Wait::hours(2), said("2", Speaker::Staff, Channel::Whatsapp, "On its way.")),
        (Wait::hours(1), stands(ConversationState::Resolved)),
    ];
    let documents = |shop: &Shop| -> Vec<(String, String)> {
        shop.record().into_iter().map(|item| (item.sk, item.document)).collect()
    };
    let in_order = Shop::open().await;
    for fact in &facts {
        in_order.tell_late(std::slice::from_ref(fact)).await;
    }
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let shop = Shop::open().await;
        for index in order {
            shop.tell_late(&facts[index..=index]).await;
        }
        assert_eq!(documents(&shop), documents(&in_order), "{order:?}");
    }
    let before = in_order.items();
    for fact in &facts {
        in_order.tell_late(std::slice::from_ref(fact)).await;
    }
    assert_eq!(in_order.items(), before);
}

#[tokio::test]
async fn who_writes_by_a_number_that_a_customer_gave_is_that_customer() {
    let shop = Shop::open().await;
    shop.tell(&[placed("1", Person { phone: by_phone().phone, ..person(AMAL) })]).await;
    shop.tell(&[said("1", Speaker::Customer, Channel::Whatsapp, "Hello")]).await;
    let linked =
        shop.profiles().into_iter().find_map(|(_, profile)| profile.linked_by_phone().cloned()).unwrap();
    let amal = shop.profiles().into_iter().find(|(id, _)| id == linked.as_str()).unwrap().1;
    assert_eq!(amal.email.unwrap().value.as_str(), AMAL);
}

#[tokio::test]
async fn where_the_channel_vouches_for_the_number_the_number_is_who_it_is() {
    for (channel, linked) in [(Channel::Whatsapp, 1), (Channel::Chat, 0)] {
        let mut set_up = rihla_infra::shop();
        set_up.sources.iter_mut().find(|source| source.name.as_str() == "carrier").unwrap().channel = channel;
        let shop = Shop::set_up(crate::shop::account_at(crate::shop::MONDAY_NINE), set_up).await;
        shop.tell(&[placed("1", Person { phone: by_phone().phone, ..person(AMAL) })]).await;
        let mut fact = said("1", Speaker::Customer, channel, "Hello");
        if let Fact::MessagePassed(message) = &mut fact {
            message.customer.customer = Some("971501234567".to_owned());
        }
        assert_eq!(shop.post(&shop.delivery("carrier", &[fact])).await, 200);
        let links = shop.profiles().iter().filter(|(_, profile)| profile.linked_by_phone().is_some()).count();
        assert_eq!(links, linked, "{channel:?}");
    }
}

#[tokio::test]
async fn a_stop_withdraws_every_consent_on_the_channel_that_it_came_by_and_on_no_other() {
    let shop = Shop::open().await;
    shop.tell(&[agrees(Person { phone: by_phone().phone, ..person(AMAL) })]).await;
    shop.hours(1).await;
    shop.tell(&[said("1", Speaker::Customer, Channel::Sms, " Stop. ")]).await;
    let consents = |by: &dyn Fn(&rihla_core::profile::Profile) -> bool| {
        shop.profiles().into_iter().map(|(_, profile)| profile).find(by).unwrap().consents
    };
    let by_number = consents(&|profile| profile.email.is_none());
    for purpose in Matter::PURPOSES {
        let word = by_number.on(Matter { purpose, channel: Channel::Sms }).unwrap();
        assert_eq!(word.state, ConsentState::Withdrawn, "{purpose:?}");
        assert!(by_number.on(Matter { purpose, channel: Channel::Whatsapp }).is_none());
    }
    let amal = consents(&|profile| profile.email.is_some());
    assert_eq!(amal.on(Purpose::Marketing).unwrap().state, ConsentState::Granted);
}

#[tokio::test]
async fn as_many_messages_as_one_delivery_holds_are_all_kept() {
    let shop = Shop::open().await;
    let many: Vec<Fact> = (0..100)
        .map(|number| said(&number.to_string(), Speaker::Customer, Channel::Whatsapp, "Hello"))
        .collect();
    shop.tell(&many).await;
    assert_eq!((shop.messages().len(), shop.conversations().len()), (100, 1));
}

#[tokio::test]
async fn a_conversation_with_nobody_is_refused_with_the_reason() {
    let shop = Shop::open().await;
    let mut fact = stands(ConversationState::Open);
    if let Fact::ConversationChanged(changed) = &mut fact {
        changed.customer = Person::default();
    }
    // Accepted, and set aside for a person: nothing is half recorded.
    assert_eq!(shop.post(&shop.delivery("shop", &[fact])).await, 202);
    assert_eq!(shop.record(), []);
}
