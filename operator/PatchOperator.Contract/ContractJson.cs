using System.Text.Json.Serialization;
using PatchOperator.Contract.Images;

namespace PatchOperator.Contract;

/// <summary>JSON of the contract: camelCase, enums by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentRequest))]
[JsonSerializable(typeof(AgentReport))]
[JsonSerializable(typeof(AgentSummary))]
[JsonSerializable(typeof(ImageRequest))]
[JsonSerializable(typeof(ImageResult))]
[JsonSerializable(typeof(ImageFindings))]
[JsonSerializable(typeof(IReadOnlyList<ImageTestOutcome>))]
public sealed partial class ContractJson : JsonSerializerContext;
