# Writes the files of the folder FROM as the table skeleton_files (new/skeleton.h) into TO: cmake -D FROM=… -D TO=… -P
# embed.cmake
file(GLOB files RELATIVE ${FROM} ${FROM}/*)
list(SORT files)
set(arrays "")
set(rows "")
foreach(file ${files})
    file(READ ${FROM}/${file} bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(MAKE_C_IDENTIFIER ${file} noun)
    string(APPEND arrays "static const char ${noun}[] = {${bytes}0};\n")
    string(APPEND rows "    {\"${file}\", ${noun}},\n")
endforeach()
file(WRITE ${TO} "#include \"new/skeleton.h\"\n\n${arrays}\n"
                 "const struct skeleton_file skeleton_files[] = {\n${rows}    {0},\n};\n")
