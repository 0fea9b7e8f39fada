#nullable disable // as the package: no annotations

namespace k8s.Models;

/// <summary>A list of objects.</summary>
public interface IItems<T>
{
    /// <summary>The objects of this page.</summary>
    IList<T> Items { get; set; }
}

/// <summary>An object with metadata.</summary>
public interface IMetadata<T>
{
    /// <summary>The metadata.</summary>
    T Metadata { get; set; }
}

/// <summary>An object that says what is wanted.</summary>
public interface ISpec<T>
{
    /// <summary>What is wanted.</summary>
    T Spec { get; set; }
}

/// <summary>An object that says what is.</summary>
public interface IStatus<T>
{
    /// <summary>What is.</summary>
    T Status { get; set; }
}
