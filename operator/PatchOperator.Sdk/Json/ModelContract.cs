using System.Text.Json.Serialization.Metadata;

namespace PatchOperator.Sdk.Json;

/// <summary>What reading a model demands.</summary>
internal static class ModelContract
{
    /// <summary>
    /// Required members of our own models are a demand on callers, not on the server: a bookmark is an object without most of its
    /// fields, and an older server leaves out what it does not know.
    /// </summary>
    internal static void Relax(JsonTypeInfo type)
    {
        if (type.Type.Assembly != typeof(ModelContract).Assembly)
            return;

        foreach (var property in type.Properties)
            property.IsRequired = false;
    }
}
