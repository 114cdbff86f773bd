# What every package that we ship has to hold.

check_packages() {
  local project id package ok=0 any=0
  for project in src/*/*.csproj; do
    id=$(basename "$project" .csproj)
    package=$(find "$packages" -name "$id.[0-9]*.nupkg")
    any=1
    if [ -f "$package" ]; then check_package "$id" "$package" || ok=1; else echo "There is no package of $id." && ok=1; fi
  done
  [ $any -eq 1 ] && [ $ok -eq 0 ]
}

check_package() {
  local id=$1 package=$2 target ok=0 files nuspec symbols
  echo "$package"
  files=$(unzip -Z1 "$package") && nuspec=$(unzip -p "$package" "$id.nuspec") || return 1
  symbols=$(unzip -Z1 "${package%.nupkg}.snupkg") || return 1
  has "$files" README.md && has "$files" NOTICE || ok=1
  holds "$nuspec" '<license type="expression">MIT</license>' && holds "$nuspec" '<readme>README.md</readme>' || ok=1
  holds "$nuspec" '<repository type="git"' || ok=1
  for target in net8.0 net10.0; do
    has "$files" "lib/$target/$id.dll" && has "$files" "lib/$target/$id.xml" && has "$symbols" "lib/$target/$id.pdb" || ok=1
  done
  return $ok
}

has() {
  grep -qxF "$2" <<<"$1" && echo "  holds $2" || { echo "  LACKS $2"; return 1; }
}

holds() {
  grep -qF "$2" <<<"$1" && echo "  says $2" || { echo "  DOES NOT SAY $2"; return 1; }
}
