# Sourced by ./run and ./test: finds out what is missing on this machine, says what it is for, and installs it.
#
#   need_tool COMMAND MINIMUM_MAJOR WHY     a tool that is not ours to install
#   need_debian PACKAGE WHY                 a Debian package
#   need_npm FOLDER WHY                     the npm packages of FOLDER/package-lock.json
#   prepare                                 installs what the calls above found missing; with --no-install: says how, and fails
#
# Variables: NO_INSTALL=1 installs nothing.

NO_INSTALL=${NO_INSTALL:-0}
missing_tools=() missing_debian=() missing_npm=() reasons=()

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

need_tool() {
  local command=$1 minimum=$2 why=$3 version
  if ! version=$("$command" --version 2>/dev/null); then
    missing_tools+=("$command $minimum or newer: $why")
    return
  fi
  version=${version#v}
  version=${version%%.*}
  [[ $version =~ ^[0-9]+$ && $version -ge $minimum ]] || missing_tools+=("$command $minimum or newer (here: $("$command" --version)): $why")
}

need_debian() {
  local state
  state=$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) || true
  [[ $state == installed ]] && return
  missing_debian+=("$1")
  reasons+=("  $1 (Debian): $2")
}

# A folder is up to date when npm's copy of the lock file was made from the lock file that is there now.
npm_stamp() { sha256sum "$1/package-lock.json" "$1/package.json" | sha256sum | cut -c1-64; }

need_npm() {
  [[ -e $1/node_modules/.installed && $(<"$1/node_modules/.installed") == "$(npm_stamp "$1")" ]] && return
  missing_npm+=("$1")
  reasons+=("  $1/node_modules (npm): $2")
}

as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "Installing Debian packages needs root or sudo. As root: apt-get install -y --no-install-recommends ${missing_debian[*]}"
  fi
}

explain_commands() {
  [[ ${#missing_debian[@]} -eq 0 ]] || say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing_debian[*]}"
  local folder
  for folder in "${missing_npm[@]}"; do
    say "  npm ci --prefix $folder && sha256sum $folder/package-lock.json $folder/package.json | sha256sum | cut -c1-64 > $folder/node_modules/.installed"
  done
}

prepare() {
  if [[ ${#missing_tools[@]} -gt 0 ]]; then
    {
      say "This needs tools that are not installed:"
      printf '  %s\n' "${missing_tools[@]}"
    } >&2
    exit 1
  fi
  [[ ${#reasons[@]} -gt 0 ]] || return 0
  if [[ $NO_INSTALL == 1 ]]; then
    {
      say "Missing here, and --no-install was given:"
      printf '%s\n' "${reasons[@]}"
      say "To install them, type:"
      explain_commands
    } >&2
    exit 1
  fi

  say "Installing what is missing:"
  printf '%s\n' "${reasons[@]}"
  if [[ ${#missing_debian[@]} -gt 0 ]]; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing_debian[@]}" >/dev/null
  fi
  local folder
  for folder in "${missing_npm[@]}"; do
    npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error
    npm_stamp "$folder" >"$folder/node_modules/.installed"
  done
  missing_debian=() missing_npm=() reasons=()
}

# The packages that a running agent needs, with or without tests.
need_runtime() {
  need_tool dotnet 10 "builds and runs everything (https://dotnet.microsoft.com/download)"
  need_tool node 20 "npm brings native parts and builds the page (https://nodejs.org)"
  need_tool npm 10 "npm brings native parts and builds the page (https://nodejs.org)"
  need_debian libssl3 "DTLS of the embedded server"
  need_debian libsrtp2-1 "media encryption of the embedded server"
  need_debian libusrsctp2 "data channels of the embedded server"
  need_debian libpocketsphinx3 "offline speech recognition"
  need_debian pocketsphinx-en-us "the English model for offline speech recognition"
  need_debian libflite1 "offline speech synthesis"
  need_npm native "the native room SDK, ONNX Runtime, the voice-activity model"
  need_npm web "the page to talk to the agent"
}

# Whether anything that BUILD depends on has changed since STAMP was written: stale STAMP PATH...
stale() {
  local stamp=$1
  shift
  [[ ! -e $stamp ]] || [[ -n $(find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune -o -newer "$stamp" -print -quit) ]]
}

# NuGet packages are part of the build; without installing, they must be there already.
build_dotnet() {
  local project=$1
  if [[ $NO_INSTALL == 1 ]]; then
    dotnet build "$project" -c Release --no-restore --nologo -v q -clp:ErrorsOnly ||
      fail "The build failed. If NuGet packages are missing, type: dotnet restore Agent.sln"
  else
    dotnet build "$project" -c Release --nologo -v q -clp:ErrorsOnly || fail "The build failed; its errors stand above."
  fi
}

build_page() {
  if stale web/dist/index.html web; then
    npm run --prefix web --silent build || fail "The page could not be built; the errors stand above."
  fi
}
