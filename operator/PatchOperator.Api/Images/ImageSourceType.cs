using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What an image is made from: the packages of a suite or of repositories, or another image.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageSourceType>))]
public enum ImageSourceType
{
    Suite,
    Image,
    Repository,
}
