//! Layers: parts of a picture of which a reader chooses one.

use super::{Item, Scene};

impl Scene {
    /// The picture as it is when layer `at` is chosen.
    #[must_use]
    pub fn chosen(&self, at: usize) -> Self {
        Self { items: kept(&self.items, at), ..self.clone() }
    }

    /// How many layers there are to choose from; 0 for a picture without.
    #[must_use]
    pub fn layers(&self) -> usize {
        let mut layers = 0;
        super::visit(&self.items, &mut |item| {
            if let Item::Group(group) = item {
                layers = layers.max(group.layer.map_or(0, |layer| layer + 1));
            }
        });
        layers
    }
}

fn kept(items: &[Item], at: usize) -> Vec<Item> {
    let kept = items.iter().filter_map(|item| match item {
        Item::Group(group) if group.layer.is_some_and(|layer| layer != at) => None,
        Item::Group(group) => {
            let mut group = group.clone();
            group.items = self::kept(&group.items, at);
            Some(Item::Group(group))
        }
        other => Some(other.clone()),
    });
    kept.collect()
}
