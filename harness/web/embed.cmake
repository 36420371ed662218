# Writes the bytes of FROM as the C array html_template into TO: cmake -D FROM=… -D TO=… -P embed.cmake
file(READ ${FROM} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes
                     "${bytes}")
file(WRITE ${TO} "extern const unsigned char html_template[];\nconst unsigned char html_template[] = {\n${bytes}0};\n")
