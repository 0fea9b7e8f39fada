namespace PatchOperator.Contract.Images;

/// <summary>What is made, and where it goes.</summary>
public sealed record ImageRequestOutput
{
    public ImageRequestFormat Format { get; set; }

    /// <summary>Host, optional port, and path, without tag; null: files go to the volume.</summary>
    public string? Repository { get; set; }

    /// <summary>With <c>{baseline}</c>, <c>{date}</c>, <c>{time}</c> and <c>{digest}</c>.</summary>
    public string TagTemplate { get; set; } = "{date}-{digest}";

    /// <summary>Whether the registry speaks plain HTTP.</summary>
    public bool Insecure { get; set; }
}
