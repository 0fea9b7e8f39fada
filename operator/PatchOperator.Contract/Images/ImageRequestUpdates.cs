namespace PatchOperator.Contract.Images;

/// <summary>Which updates the build installs.</summary>
public enum ImageRequestUpdates
{
    All,
    SecurityOnly,
    None,
}
