using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>YAML as the JSON that an API server is sent.</summary>
internal static class YamlText
{
    public static IEnumerable<JsonObject> Documents(string text)
    {
        var deserializer = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var serializer = new SerializerBuilder().JsonCompatible().Build();
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        while (!parser.Accept<StreamEnd>(out _))
        {
            var value = deserializer.Deserialize<object>(parser);
            yield return JsonNode.Parse(serializer.Serialize(value))!.AsObject();
        }
    }
}
