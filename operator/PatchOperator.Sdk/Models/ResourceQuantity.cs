#nullable disable // as the package: no annotations

using System.Text.Json.Serialization;
using PatchOperator.Sdk.Json;

namespace k8s.Models;

/// <summary>An amount of a resource, such as <c>500m</c> or <c>1Gi</c>; equal when the amounts are, written back as it was written.</summary>
[JsonConverter(typeof(ResourceQuantityConverter))]
public class ResourceQuantity
{
    private readonly string written;
    private readonly decimal amount;

    /// <summary>Reads a quantity; throws <see cref="FormatException"/> when it is none. Null is zero.</summary>
    public ResourceQuantity(string v)
    {
        written = v?.Trim() ?? "0";
        amount = QuantityFormat.Parse(written);
    }

    public static implicit operator ResourceQuantity(string v) => new(v);

    public static implicit operator decimal(ResourceQuantity v) => v.ToDecimal();

    public static bool operator ==(ResourceQuantity left, ResourceQuantity right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ResourceQuantity left, ResourceQuantity right) => !(left == right);

    /// <inheritdoc/>
    public override string ToString() => written;

    /// <summary>Whether both are the same amount, however written.</summary>
    public bool Equals(ResourceQuantity other) => other is not null && amount == other.amount;

    /// <inheritdoc/>
    public override bool Equals(object obj) => Equals(obj as ResourceQuantity);

    /// <inheritdoc/>
    public override int GetHashCode() => amount.GetHashCode();

    /// <summary>The amount in units (bytes, cores).</summary>
    public decimal ToDecimal() => amount;

    /// <summary>The amount in whole units.</summary>
    public long ToInt64() => (long)amount;
}
