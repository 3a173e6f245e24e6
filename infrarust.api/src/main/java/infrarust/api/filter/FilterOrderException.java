package infrarust.api.filter;

import java.util.List;

/** A filter cannot be registered, because it would have to stand both before and behind another one. */
public final class FilterOrderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param circle the ids of filters each of which stands before the next one, and the last before the first */
    public FilterOrderException(List<String> circle) {
        super("the order of the filters is a circle: " + String.join(" before ", circle) + " before "
                + circle.getFirst() + "; take one `after` or `before` out");
    }
}
