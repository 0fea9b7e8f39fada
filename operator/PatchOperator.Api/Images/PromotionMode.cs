using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>Who promotes a verified image.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PromotionMode>))]
public enum PromotionMode
{
    Automatic,

    /// <summary>A person promotes, by the annotation <see cref="ApiGroup.PromoteAnnotation"/>.</summary>
    Manual,
}
