namespace PatchOperator.Contract.Images;

public enum ImageRequestFormat
{
    Oci,
    Tar,
    RawDisk,
}
