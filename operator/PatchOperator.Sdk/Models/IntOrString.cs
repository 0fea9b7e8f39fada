#nullable disable // as the package: no annotations

using System.Globalization;
using System.Text.Json.Serialization;
using PatchOperator.Sdk.Json;

namespace k8s.Models;

/// <summary>A number, or text such as <c>25%</c>.</summary>
[JsonConverter(typeof(IntOrStringConverter))]
public class IntOrString
{
    /// <summary>The value as text, whichever of the two it is.</summary>
    public string Value { get; private init; }

    public static implicit operator IntOrString(int v) => v.ToString(CultureInfo.InvariantCulture);

    public static implicit operator IntOrString(long v) => v.ToString(CultureInfo.InvariantCulture);

    public static implicit operator string(IntOrString v) => v?.Value;

    public static implicit operator IntOrString(string v) => new() { Value = v };

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>The value as a number; throws <see cref="FormatException"/> when it is none.</summary>
    public int ToInt() => int.Parse(Value, CultureInfo.InvariantCulture);
}
