package infrarust.proxy.filter;

import infrarust.api.filter.FilterOrderException;
import infrarust.api.filter.FilterSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Sorts filters: {@code after} and {@code before} first (Kahn), then by priority, then as registered. */
final class FilterOrder {

    private FilterOrder() {}

    /**
     * The filters in their order.
     *
     * @param filters in the order of registration, no two with the same id
     * @throws FilterOrderException if there is none; it names a circle
     */
    static <T> List<Registered<T>> of(List<Registered<T>> filters) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (Registered<T> filter : filters) {
            places.put(filter.spec().id(), places.size());
        }
        Map<String, Set<String>> followers = followers(filters);
        Map<String, Integer> waitsFor = new HashMap<>();
        followers.values().forEach(behind -> behind.forEach(id -> waitsFor.merge(id, 1, Integer::sum)));
        var ready = new PriorityQueue<Registered<T>>(
                Comparator.comparing((Registered<T> filter) -> filter.spec().priority())
                        .thenComparing(filter -> places.get(filter.spec().id())));
        filters.stream()
                .filter(filter -> !waitsFor.containsKey(filter.spec().id()))
                .forEach(ready::add);
        List<Registered<T>> sorted = new ArrayList<>(filters.size());
        for (Registered<T> next = ready.poll(); next != null; next = ready.poll()) {
            sorted.add(next);
            for (String id : followers.get(next.spec().id())) {
                if (waitsFor.merge(id, -1, Integer::sum) == 0) {
                    ready.add(filters.get(places.get(id)));
                }
            }
        }
        if (sorted.size() < filters.size()) {
            sorted.forEach(filter -> followers.remove(filter.spec().id()));
            throw new FilterOrderException(circle(followers));
        }
        return List.copyOf(sorted);
    }

    /** By id, who has to stand behind it. Names of filters that are not there are left out. */
    private static <T> Map<String, Set<String>> followers(List<Registered<T>> filters) {
        Map<String, Set<String>> followers = new LinkedHashMap<>();
        filters.forEach(filter -> followers.put(filter.spec().id(), new LinkedHashSet<>()));
        for (Registered<T> filter : filters) {
            FilterSpec spec = filter.spec();
            for (String first : spec.after()) {
                if (followers.containsKey(first)) {
                    followers.get(first).add(spec.id());
                }
            }
            for (String last : spec.before()) {
                if (followers.containsKey(last)) {
                    followers.get(spec.id()).add(last);
                }
            }
        }
        return followers;
    }

    /** One circle among filters of which each waits for another. Walked backwards, as everyone left has somebody before it. */
    private static List<String> circle(Map<String, Set<String>> followers) {
        Map<String, String> leader = new HashMap<>();
        followers.forEach((id, behind) -> behind.forEach(follower -> leader.put(follower, id)));
        List<String> path = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String at = leader.keySet().iterator().next();
        while (seen.add(at)) {
            path.add(at);
            at = leader.get(at);
        }
        return path.subList(path.indexOf(at), path.size()).reversed();
    }
}
