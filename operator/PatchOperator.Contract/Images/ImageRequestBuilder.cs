namespace PatchOperator.Contract.Images;

/// <summary>Which tool builds. A custom builder is a container of its own; its request says <c>Custom</c>.</summary>
public enum ImageRequestBuilder
{
    Mmdebstrap,
    Buildah,
    Dnf,
    Zypper,
    Custom,
}
