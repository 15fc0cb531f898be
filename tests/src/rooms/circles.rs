//! Finds circles in a graph.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::edges::Edge;

/// The successors of each node, with the first edge that leads to each of them.
type Graph<'a> = BTreeMap<&'a str, BTreeMap<&'a str, &'a Edge>>;

/// Returns short circles that together contain all edges that are part of a circle.
pub fn of<'a>(edges: &[(&'a str, &'a str, &'a Edge)]) -> Vec<Vec<&'a Edge>> {
    let mut graph = Graph::new();
    for (from, to, edge) in edges {
        graph.entry(from).or_default().entry(to).or_insert(edge);
    }
    let mut circles = Vec::new();
    let mut seen = BTreeSet::new();
    for (from, followers) in &graph {
        for to in followers.keys() {
            if seen.contains(&(*from, *to)) {
                continue;
            }
            let Some(back) = way(&graph, to, from) else { continue };
            let nodes = [&[*from], &*back].concat();
            let steps = nodes.windows(2).map(|pair| (pair[0], pair[1]));
            circles.push(steps.clone().map(|(a, b)| graph[a][b]).collect());
            seen.extend(steps);
        }
    }
    circles
}

/// The nodes of the shortest path between two nodes, including both.
fn way<'a>(graph: &Graph<'a>, from: &'a str, to: &'a str) -> Option<Vec<&'a str>> {
    let mut before = BTreeMap::from([(from, from)]);
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        if node == to {
            let mut way = vec![to];
            while let Some(last) = way.last().filter(|last| **last != from) {
                way.push(before[*last]);
            }
            way.reverse();
            return Some(way);
        }
        for next in graph.get(node).into_iter().flat_map(BTreeMap::keys) {
            before.entry(next).or_insert_with(|| {
                queue.push_back(next);
                node
            });
        }
    }
    None
}
