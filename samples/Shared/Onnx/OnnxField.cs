namespace GreenAI.Metering.Samples;

/// <summary>Field numbers and codes of ONNX, from the format's onnx.proto.</summary>
internal static class OnnxField
{
    public const int ModelIrVersion = 1;
    public const int ModelProducerName = 2;
    public const int ModelGraph = 7;
    public const int ModelOpsetImport = 8;

    public const int OpsetDomain = 1;
    public const int OpsetVersion = 2;

    public const int GraphNode = 1;
    public const int GraphName = 2;
    public const int GraphInitializer = 5;
    public const int GraphInput = 11;
    public const int GraphOutput = 12;

    public const int NodeInput = 1;
    public const int NodeOutput = 2;
    public const int NodeOpType = 4;
    public const int NodeAttribute = 5;

    public const int AttributeName = 1;
    public const int AttributeInteger = 3;
    public const int AttributeType = 20;
    public const int AttributeTypeInteger = 2;

    public const int TensorDims = 1;
    public const int TensorDataType = 2;
    public const int TensorName = 8;
    public const int TensorRawData = 9;
    public const int TensorTypeFloat = 1;

    public const int ValueName = 1;
    public const int ValueType = 2;
    public const int TypeTensor = 1;
    public const int TensorElementType = 1;
    public const int TensorShape = 2;
    public const int ShapeDim = 1;
    public const int DimValue = 1;
    public const int DimParameter = 2;
}
