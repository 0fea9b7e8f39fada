using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PatchOperator.GitOps.Tests.Programs;

/// <summary>A real Lua 5.1, which is the language of Argo CD's scripts.</summary>
internal static class Lua
{
    // What Argo CD gives a script of a ConfigMap: the base library and `table`, so neither `string` nor the methods of strings.
    private const string Sandbox = """
        local print, pairs, type, tostring = print, pairs, type, tostring
        debug.setmetatable("", nil)
        string, io, os, math, debug, coroutine = nil
        """;

    // A field a line, as path and value.
    private const string Print = """
        local function show(path, value)
          if type(value) ~= "table" then
            print(path .. "=" .. tostring(value))
          else
            print(path .. "{}")
            for key, item in pairs(value) do show(path .. "/" .. key, item) end
          end
        end
        show("", result)
        """;

    /// <returns>The fields of the table that the script returns, by path, such as <c>/metadata/name</c>; tables as <c>{}</c>.</returns>
    public static Dictionary<string, string> Run(string script, JsonNode item)
    {
        var output = Command.Run("lua5.1", ["-"], $"{Sandbox}\nobj = {Literal(item)}\nlocal result = (function()\n{script}\nend)()\n{Print}").Checked().Output;
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(
                line => line.EndsWith("{}", StringComparison.Ordinal) ? (line[..^2], "{}") : (line[..line.IndexOf('=', StringComparison.Ordinal)],
                    line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]))
            .ToDictionary();
    }

    private static string Literal(JsonNode? node) => node switch
    {
        null => "nil",
        JsonObject fields => $"{{{string.Concat(fields.Select(field => $"[{Quoted(field.Key)}]={Literal(field.Value)},"))}}}",
        JsonArray items => $"{{{string.Concat(items.Select(item => Literal(item) + ","))}}}",
        _ => node.GetValueKind() == JsonValueKind.String ? Quoted(node.GetValue<string>()) : node.ToJsonString(),
    };

    private static string Quoted(string text) =>
        $"\"{string.Concat(Encoding.UTF8.GetBytes(text).Select(Quoted))}\"";

    private static string Quoted(byte value) => value is >= 32 and < 127 and not (byte)'"' and not (byte)'\\'
        ? ((char)value).ToString()
        : $"\\{value.ToString("D3", CultureInfo.InvariantCulture)}";
}
