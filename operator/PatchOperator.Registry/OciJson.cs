using System.Text.Json.Serialization;

namespace PatchOperator.Registry;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OciDocument))]
internal sealed partial class OciJson : JsonSerializerContext;
