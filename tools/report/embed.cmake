# Turns a text file into a function that returns it, as HEADER declares it:
# cmake -D FILE=... -D HEADER=... -D FUNCTION=namespace::name -D OUT=... -P embed.cmake
file(READ "${FILE}" text)
string(FIND "${text}" ")embedded\"" end)
if(NOT end EQUAL -1)
  message(FATAL_ERROR "${FILE} holds the end of the literal that it would become")
endif()
file(WRITE "${OUT}" "#include \"${HEADER}\"\n\nstd::string_view ${FUNCTION}() {\n"
                    "  return R\"embedded(${text})embedded\";\n}\n")
