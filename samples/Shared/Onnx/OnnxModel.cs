using System.Buffers.Binary;

namespace GreenAI.Metering.Samples;

/// <summary>Writes a network as an ONNX model: per layer a Gemm, a ReLU between layers, a softmax at the end.</summary>
/// <remarks>Input <c>x</c> is [batch, pixels], output <c>p</c> is [batch, classes]; the batch is free.</remarks>
internal static class OnnxModel
{
    public const string InputName = "x";
    public const string OutputName = "p";

    // Operator set 17 came with intermediate representation 8; every ONNX Runtime since 1.12 reads both.
    private const int IrVersion = 8;
    private const int Opset = 17;

    public static byte[] Write(DenseNetwork network, string name)
    {
        ProtoWriter model = new();
        model.Number(OnnxField.ModelIrVersion, IrVersion);
        model.Text(OnnxField.ModelProducerName, "GreenAI.Metering QuickStart");
        model.Message(OnnxField.ModelGraph, graph => WriteGraph(graph, network, name));
        model.Message(OnnxField.ModelOpsetImport, opset =>
        {
            opset.Text(OnnxField.OpsetDomain, "");
            opset.Number(OnnxField.OpsetVersion, Opset);
        });
        return model.Written.ToArray();
    }

    private static void WriteGraph(ProtoWriter graph, DenseNetwork network, string name)
    {
        string signal = InputName;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            WriteNode(graph, "Gemm", [signal, $"w{i}", $"b{i}"], $"z{i}", ("transB", 1));
            signal = $"z{i}";
            if (layer.Relu) WriteNode(graph, "Relu", [signal], signal = $"a{i}");
        }

        WriteNode(graph, "Softmax", [signal], OutputName, ("axis", 1));
        graph.Text(OnnxField.GraphName, name);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            WriteTensor(graph, $"w{i}", [layer.Outputs, layer.Inputs], layer.Weights);
            WriteTensor(graph, $"b{i}", [layer.Outputs], layer.Biases);
        }

        WriteValue(graph, OnnxField.GraphInput, InputName, network.Layers[0].Inputs);
        WriteValue(graph, OnnxField.GraphOutput, OutputName, network.Outputs);
    }

    private static void WriteNode(
        ProtoWriter graph, string operation, string[] inputs, string output, (string Name, int Value)? attribute = null) =>
        graph.Message(OnnxField.GraphNode, node =>
        {
            foreach (string input in inputs) node.Text(OnnxField.NodeInput, input);
            node.Text(OnnxField.NodeOutput, output);
            node.Text(OnnxField.NodeOpType, operation);
            if (attribute is not { } set) return;
            node.Message(OnnxField.NodeAttribute, written =>
            {
                written.Text(OnnxField.AttributeName, set.Name);
                written.Number(OnnxField.AttributeInteger, set.Value);
                written.Number(OnnxField.AttributeType, OnnxField.AttributeTypeInteger);
            });
        });

    private static void WriteTensor(ProtoWriter graph, string name, int[] shape, float[] values) =>
        graph.Message(OnnxField.GraphInitializer, tensor =>
        {
            byte[] raw = new byte[values.Length * sizeof(float)];
            for (int i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), values[i]);
            }

            foreach (int dimension in shape) tensor.Number(OnnxField.TensorDims, dimension);
            tensor.Number(OnnxField.TensorDataType, OnnxField.TensorTypeFloat);
            tensor.Text(OnnxField.TensorName, name);
            tensor.Bytes(OnnxField.TensorRawData, raw);
        });

    private static void WriteValue(ProtoWriter graph, int field, string name, int width) =>
        graph.Message(field, value =>
        {
            value.Text(OnnxField.ValueName, name);
            value.Message(OnnxField.ValueType, type => type.Message(OnnxField.TypeTensor, tensor =>
            {
                tensor.Number(OnnxField.TensorElementType, OnnxField.TensorTypeFloat);
                tensor.Message(OnnxField.TensorShape, shape =>
                {
                    shape.Message(OnnxField.ShapeDim, batch => batch.Text(OnnxField.DimParameter, "batch"));
                    shape.Message(OnnxField.ShapeDim, rows => rows.Number(OnnxField.DimValue, width));
                });
            }));
        });
}
