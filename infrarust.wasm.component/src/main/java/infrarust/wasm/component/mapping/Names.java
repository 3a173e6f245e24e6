package infrarust.wasm.component.mapping;

import infrarust.wasm.component.bind.WitName;
import java.lang.reflect.AnnotatedElement;
import java.util.Locale;

/** How WIT's kebab-case names read in Java. */
final class Names {

    private Names() {}

    /** {@code get-player-by-id} as {@code getPlayerById}: a method or a record component. */
    static String camel(String kebab) {
        String pascal = pascal(kebab);
        return pascal.isEmpty() ? pascal : Character.toLowerCase(pascal.charAt(0)) + pascal.substring(1);
    }

    /** {@code force-offline} as {@code ForceOffline}: a variant's case. */
    static String pascal(String kebab) {
        StringBuilder text = new StringBuilder();
        for (String word : kebab.split("-", -1)) {
            if (!word.isEmpty()) {
                String lower = word.toLowerCase(Locale.ROOT);
                text.append(Character.toUpperCase(lower.charAt(0))).append(lower, 1, lower.length());
            }
        }
        return text.toString();
    }

    /** {@code client-only} as {@code CLIENT_ONLY}: an enum's constant. */
    static String upperSnake(String kebab) {
        return kebab.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Whether an element stands for a WIT name: by annotation, or else by its Java name. */
    static boolean matches(AnnotatedElement element, String javaName, String wit, String expected) {
        WitName annotation = element.getAnnotation(WitName.class);
        return annotation != null ? annotation.value().equals(wit) : javaName.equals(expected);
    }
}
