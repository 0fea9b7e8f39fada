namespace PatchOperator.Contract.Images;

/// <summary>What is made of the root file system; the names are those of the API's ImageFormat.</summary>
public enum ImageRequestFormat
{
    Oci,
    Tar,
    RawDisk,
}
