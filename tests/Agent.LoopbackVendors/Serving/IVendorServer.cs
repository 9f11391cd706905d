namespace Agent.LoopbackVendors.Serving;

/// <summary>One vendor's endpoints.</summary>
internal interface IVendorServer
{
    /// <summary>Adds the vendor's routes.</summary>
    void Map(IEndpointRouteBuilder routes, VendorWorld world);
}
