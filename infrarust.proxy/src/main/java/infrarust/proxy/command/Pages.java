package infrarust.proxy.command;

import infrarust.api.command.Argument;
import infrarust.api.command.CommandInvocation;
import infrarust.api.command.CommandSource;
import java.util.ArrayList;
import java.util.List;
import net.kyori.adventure.text.Component;
import net.kyori.adventure.text.serializer.plain.PlainTextComponentSerializer;

/**
 * A list that may be longer than a screen. A terminal gets as much as fits, a player as much as an open chat shows, and who reads
 * a pipe gets all of it, since nobody there presses keys.
 *
 * @param title what stands above, for example {@code 12 bans}
 * @param rows one line each
 */
public record Pages(String title, List<? extends Component> rows) {

    /** Which page is wanted; the last argument of a command that lists something. */
    public static final Argument<Integer> PAGE =
            Argument.whole("page", 1, 1_000_000).optional();

    /** Lines of an open chat. */
    private static final int CHAT = 20;

    /** Title, the line about further pages, and the prompt. */
    private static final int AROUND = 3;

    /** However small a window is. */
    private static final int LEAST = 4;

    /** Shows the page that the line asks for by {@link #PAGE}, which is the first when it says none. */
    public void show(CommandInvocation invocation) {
        show(invocation.source(), invocation.find(PAGE).orElse(1), calledAs(invocation));
    }

    /**
     * Shows one page.
     *
     * @param number from 1
     * @param calledAs the command that shows another page when a number follows it
     */
    public void show(CommandSource source, int number, String calledAs) {
        List<Integer> starts = starts(source);
        int last = starts.size();
        if (number > last) {
            source.sendMessage(
                    Replies.wrong(last == 1 ? "There is only one page." : "There are only " + last + " pages."));
            return;
        }
        int end = number == last ? rows.size() : starts.get(number);
        List<? extends Component> shown = rows.subList(starts.get(number - 1), end);
        // Below a component without a colour: rows would get the title's.
        Component text = Component.empty()
                .append(Replies.title(last == 1 ? title : title + " (page " + number + " of " + last + ")"));
        for (Component row : shown) {
            text = text.append(Component.newline()).append(row);
        }
        if (number < last) {
            text = text.append(Component.newline())
                    .append(Replies.aside((rows.size() - end) + " more: "))
                    .append(Replies.typed(calledAs + " " + (number + 1)));
        }
        source.sendMessage(text);
    }

    /** The row that begins each page. A row that is longer than a line of the terminal takes several. */
    private List<Integer> starts(CommandSource source) {
        int size = source.player().isPresent() ? CHAT - AROUND : Integer.MAX_VALUE;
        int columns = Integer.MAX_VALUE;
        if (source instanceof Screen screen) {
            size = Math.max(LEAST, screen.rows() - AROUND);
            columns = Math.max(1, screen.columns());
        }
        List<Integer> starts = new ArrayList<>(List.of(0));
        int used = 0;
        for (int i = 0; i < rows.size(); i++) {
            int length = PlainTextComponentSerializer.plainText()
                    .serialize(rows.get(i))
                    .length();
            int lines = Math.max(1, Math.ceilDiv(length, columns));
            if (used > 0 && used + lines > size) {
                starts.add(i);
                used = 0;
            }
            used += lines;
        }
        return starts;
    }

    /** What was typed, without the number of the page. */
    private static String calledAs(CommandInvocation invocation) {
        String raw = invocation.raw().strip();
        if (invocation.has(PAGE)) {
            raw = raw.substring(
                            0, raw.length() - invocation.arguments().getLast().length())
                    .strip();
        }
        String label = invocation.source().player().isPresent() ? "/ir " + invocation.label() : invocation.label();
        return (label + " " + raw).strip();
    }
}
