import type { INodeProperties } from 'n8n-workflow';
import { endpointResource } from '../../../shared/endpoint/fields';
import { request, requestFields } from './request';

export const anyEndpointFields: INodeProperties[] = endpointResource(request, requestFields);
