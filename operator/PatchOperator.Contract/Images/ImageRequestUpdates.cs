namespace PatchOperator.Contract.Images;

public enum ImageRequestUpdates
{
    All,
    SecurityOnly,
    None,
}
