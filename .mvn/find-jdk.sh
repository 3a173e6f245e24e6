# Sourced by mvnw and by the launcher. POSIX shell, no side effects.
#
# find_jdk FEATURE KIND prints the home of a Java installation of at least that feature release.
# KIND is "jdk" (must have javac) or "java" (a runtime is enough). Looked at, first match wins:
# INFRARUST_JAVA_HOME, JAVA_HOME, JAVA_HOME_<FEATURE>_X64, `java` on PATH, then the usual places.
# Where there is none it says so on standard error and returns 1.

jdk_feature() { # HOME: sets `feature` to the feature release of the Java installation there, or 0; no process is started for it
  feature=0
  [ -r "$1/release" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    JAVA_VERSION=\"[0-9]*)
      feature=${line#JAVA_VERSION=\"}
      feature=${feature%%[!0-9]*}
      return 0
      ;;
    esac
  done <"$1/release"
}

jdk_fits() { # HOME FEATURE KIND
  [ -x "$1/bin/java" ] || return 1
  [ "$3" != jdk ] || [ -x "$1/bin/javac" ] || return 1
  jdk_feature "$1"
  [ "$feature" -ge "$2" ]
}

find_jdk() { # FEATURE KIND
  for home in "${INFRARUST_JAVA_HOME-}" "${JAVA_HOME-}" "${JAVA_HOME_25_X64-}"; do
    if [ -n "$home" ] && jdk_fits "$home" "$1" "$2"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  java_on_path=$(command -v java 2>/dev/null || true)
  while [ -L "$java_on_path" ]; do
    link=$(readlink "$java_on_path")
    case $link in
    /*) java_on_path=$link ;;
    *) java_on_path=${java_on_path%/*}/$link ;;
    esac
  done
  home=${java_on_path%/bin/java}
  if [ -n "$java_on_path" ] && jdk_fits "$home" "$1" "$2"; then
    printf '%s\n' "$home"
    return 0
  fi
  found=$(
    set +f
    for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/jdk* \
      "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.m2/jdks/* \
      "${HOME-}"/.asdf/installs/java/* "${HOME-}"/.local/share/mise/installs/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
      if jdk_fits "$home" "$1" "$2"; then
        printf '%s\n' "$home"
        break
      fi
    done
  )
  if [ -n "$found" ]; then
    printf '%s\n' "$found"
    return 0
  fi
  echo "infrarust: no Java $1 found. Looked at INFRARUST_JAVA_HOME, JAVA_HOME, java on PATH, /usr/lib/jvm, /opt, ~/.sdkman and ~/.jdks." >&2
  if [ "$2" = jdk ]; then what="JDK $1 (with javac)"; else what="Java $1"; fi
  echo "infrarust: install a $what or newer, or set INFRARUST_JAVA_HOME to its folder, then run the command again." >&2
  return 1
}
